package io.streamforge.loader.api.http;

import java.net.URI;
import java.net.http.HttpHeaders;

/** A successful reply, whole in memory. */
public record HttpReply(URI uri, int status, HttpHeaders headers, byte[] body) {}

package io.streamforge.messages;

import org.jspecify.annotations.Nullable;

/**
 * What a templated workflow is about; its members stand beside the others in commands and events and are absent for
 * workflows without them.
 *
 * @param symbol such as {@code BTCUSDT}
 * @param type such as {@code api_candles_5m}
 * @param timeRange {@code 2024-08-01:2024-08-02}
 * @param collectionName where the rows end up, {@code btcusdt_api_candles_5m_2024_08_01}
 */
public record Subject(
        @Nullable String symbol,
        @Nullable String type,
        @Nullable String timeRange,
        @Nullable String collectionName) {

    public static final Subject NONE = new Subject(null, null, null, null);
}

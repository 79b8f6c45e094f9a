package io.streamforge.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The version of this build. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"streamforge " + current()};
    }

    static String current() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    /** {@code streamforge version}. */
    @Command(name = "version", description = "Prints the version of StreamForge and of the Java it runs on.")
    static final class PrintCommand implements Runnable {

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            Output out = new Output(spec.commandLine().getOut());
            out.line("streamforge " + current());
            out.line("java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
        }
    }
}

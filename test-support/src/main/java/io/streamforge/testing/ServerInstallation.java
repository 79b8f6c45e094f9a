package io.streamforge.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The programs of a release of MariaDB or MySQL, and what is particular in calling them. */
sealed interface ServerInstallation permits MariaDbInstallation, MySqlInstallation {

    /** The server's base directory. */
    Path home();

    Path server();

    Path client();

    /** Arguments that make the server's program fill an empty data directory. */
    List<String> creating();

    /** Writes what the program reads meanwhile. */
    void writeStatements(OutputStream target) throws IOException;

    /** Arguments of a server that only this release knows or needs. */
    List<String> serving();

    /** What the URLs of its databases end with. */
    String urlParameters();

    /** Writes the files of an installation into an empty directory. */
    @FunctionalInterface
    interface Unpacking {

        void into(Path home) throws IOException;
    }

    /** A directory of these files that the JVMs of a module share; unpacked by whoever comes first. */
    static Path shared(Path directory, Unpacking unpacking) throws IOException {
        Path home = directory.resolve("server");
        if (!Files.exists(home)) {
            Path fresh = Files.createTempDirectory(directory, "unpacking-");
            unpacking.into(fresh);
            try {
                Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                MySqlProcess.delete(fresh);
            }
        }
        return home;
    }

    /** Makes a program of an unpacked release one that can be called. */
    static void makeExecutable(Path program) throws IOException {
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + program + " executable");
        }
    }
}

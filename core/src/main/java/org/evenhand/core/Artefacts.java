package org.evenhand.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Hashes of the files that a run reads and writes. */
public final class Artefacts {
  private Artefacts() {}

  /**
   * A file with its hash. That of a {@link DataFolder} is the hash of what {@code sha256sum} prints
   * for its files: a line {@code HASH NAME} each, in the order of their names, which are paths
   * within the folder.
   *
   * @param role what it is to the run
   * @param path an existing file or folder
   * @throws CoreException if it cannot be read
   */
  public static Provenance.Artefact of(String role, Path path) {
    if (!Files.isDirectory(path)) {
      return ofFile(role, path);
    }
    StringBuilder lines = new StringBuilder();
    long bytes = 0;
    for (Map.Entry<String, Path> file : DataFolder.filesByName(path).entrySet()) {
      Provenance.Artefact part = ofFile(role, file.getValue());
      lines.append(part.sha256()).append("  ").append(file.getKey()).append('\n');
      bytes += part.bytes();
    }
    return new Provenance.Artefact(
        role, path.toString(), sha256(lines.toString().getBytes(StandardCharsets.UTF_8)), bytes);
  }

  private static Provenance.Artefact ofFile(String role, Path path) {
    try {
      MessageDigest digest = sha256();
      long bytes = 0;
      try (InputStream in = Files.newInputStream(path)) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
          bytes += n;
        }
      }
      return new Provenance.Artefact(
          role, path.toString(), HexFormat.of().formatHex(digest.digest()), bytes);
    } catch (IOException e) {
      throw new CoreException("File '%s' cannot be read to hash it.".formatted(path));
    }
  }

  /**
   * The SHA-256 of some bytes, 64 hexadecimal digits in lower case.
   *
   * @param bytes any
   */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

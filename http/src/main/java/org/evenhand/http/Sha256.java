package org.evenhand.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The one hash that this module uses. */
final class Sha256 {
  private Sha256() {}

  /** Of all parts, one after the other, in lower-case hexadecimal. */
  static String hex(byte[]... parts) {
    return HexFormat.of().formatHex(of(parts));
  }

  static byte[] of(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

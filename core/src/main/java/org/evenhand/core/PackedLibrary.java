package org.evenhand.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A native library that comes packed in a jar and is unpacked before it is loaded.
 *
 * @param name what users know it by
 * @param folder where it is unpacked
 * @param megabytes how much room that takes
 * @param property the system property that names another folder
 */
public record PackedLibrary(String name, Path folder, int megabytes, String property) {
  private static final String TEMPORARY = "java.io.tmpdir";

  /**
   * One that is unpacked into the temporary folder of Java.
   *
   * @param name what users know it by
   * @param megabytes how much room that takes
   */
  public static PackedLibrary inTemporaryFolder(String name, int megabytes) {
    return new PackedLibrary(
        name, Path.of(System.getProperty(TEMPORARY, "")), megabytes, TEMPORARY);
  }

  /**
   * Starts it. A process that is ending waits for that, so that nothing unpacked is left behind.
   *
   * @param step unpacks and loads it
   * @return what the step returns
   * @throws E as the step
   * @throws CoreException if it cannot be unpacked or loaded
   */
  public <T, E extends Exception> T start(ProcessEnd.Step<T, E> step) throws E {
    try {
      return ProcessEnd.waitsFor(step);
    } catch (LinkageError e) {
      throw notStarted(e);
    }
  }

  /**
   * For libraries that leave a part of themselves behind where it becomes too narrow.
   *
   * @throws CoreException if there is too little room for it
   */
  public void requireRoom() {
    try {
      long room = Files.getFileStore(folder).getUsableSpace() >> 20;
      if (room < megabytes) {
        throw new CoreException(sentence("there are %d MB of room".formatted(room)));
      }
    } catch (IOException e) {
      throw notStarted(e);
    }
  }

  /**
   * The error that it cannot be started.
   *
   * @param cause in which the innermost cause says why
   */
  public CoreException notStarted(Throwable cause) {
    Throwable innermost = cause;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String reason = String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
    // The loader names the file twice, in a folder that is named anyway.
    while (reason.startsWith(folder.toString()) && reason.contains(": ")) {
      reason = reason.substring(reason.indexOf(": ") + 2);
    }
    return new CoreException(sentence(reason), cause);
  }

  private String sentence(String reason) {
    return "%s cannot be started (%s); it unpacks itself into the folder '%s', which must have %d MB of room and allow writing and running programs; name another with -D%s=FOLDER."
        .formatted(name, reason, folder, megabytes, property);
  }
}

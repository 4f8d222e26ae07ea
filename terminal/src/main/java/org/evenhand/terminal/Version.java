package org.evenhand.terminal;

import org.evenhand.core.Provenance;
import picocli.CommandLine.IVersionProvider;

/** Prints the version and the Java it runs on. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "evenhand " + Provenance.evenhandVersion(), "Java " + Runtime.version().toString()
    };
  }
}

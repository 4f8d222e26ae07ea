package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.evenhand.core.AtomicFile;
import org.evenhand.core.CoreException;

/** Reading and writing of ONNX files. */
final class ModelFile {
  private ModelFile() {}

  static ModelProto read(Path path) {
    if (!Files.exists(path)) {
      throw new OnnxException("There is no model file '%s'.".formatted(path));
    }
    if (Files.isDirectory(path)) {
      throw new OnnxException(
          "The model '%s' is a folder; name the .onnx file in it.".formatted(path));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      ModelProto model = ModelProto.parseFrom(in);
      GraphProto graph = model.getGraph();
      if (graph.getNodeCount() == 0 || graph.getOutputCount() == 0) {
        throw notOnnx(path);
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw notOnnx(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static OnnxException notOnnx(Path path) {
    return new OnnxException(
        (isText(path)
                ? "'%s' is a text, perhaps the table of rows, and not an ONNX file; name the model's file."
                : "'%s' is not an ONNX file, or only the beginning of one; export the model again.")
            .formatted(path));
  }

  /** Whether a file begins with a line of printable characters. */
  private static boolean isText(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] beginning = in.readNBytes(64);
      int at = 0;
      while (at < beginning.length && (beginning[at] & 0xFF) >= ' ') {
        at++;
      }
      return at > 0 && (at == beginning.length || beginning[at] == '\n' || beginning[at] == '\r');
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The bytes of a file that {@link #read} accepted. */
  static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static OnnxException unreadable(Path path, IOException e) {
    return new OnnxException("The model '%s' cannot be read.".formatted(path), e);
  }

  static boolean keepsWeightsElsewhere(ModelProto model) {
    return model.getGraph().getInitializerList().stream()
        .anyMatch(tensor -> tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL);
  }

  /** The version of the standard operators; empty if the model imports none. */
  static OptionalLong opset(ModelProto model) {
    return model.getOpsetImportList().stream()
        .filter(imported -> Set.of("", "ai.onnx").contains(imported.getDomain()))
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst();
  }

  /** Imports operators of a domain, in that version unless some version is imported already. */
  static void requireDomain(ModelProto.Builder model, String domain, int version) {
    boolean imported =
        model.getOpsetImportList().stream()
            .map(OperatorSetIdProto::getDomain)
            .anyMatch(name -> name.equals(domain) || (domain.isEmpty() && name.equals("ai.onnx")));
    if (!imported) {
      model.addOpsetImportBuilder().setDomain(domain).setVersion(version);
    }
  }

  /**
   * Refuses to write over the deployed model.
   *
   * @param what is written, such as "fused"
   */
  static void requireOtherFile(Path source, Path target, String what) {
    try {
      if (Files.exists(target) && Files.isSameFile(source, target)) {
        throw new OnnxException(
            "'%s' is the deployed model itself; write the %s model to another file."
                .formatted(target, what));
      }
    } catch (IOException e) {
      throw new OnnxException("'%s' cannot be written.".formatted(target), e);
    }
  }

  /** The properties that a file holds, in its order. */
  static Map<String, String> metadata(ModelProto model) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      properties.putIfAbsent(entry.getKey(), entry.getValue());
    }
    return Collections.unmodifiableMap(properties);
  }

  /** Sets properties in the file's metadata, in the order of their names; others stay. */
  static void setMetadata(ModelProto.Builder model, Map<String, String> properties) {
    List<StringStringEntryProto> kept =
        model.getMetadataPropsList().stream()
            .filter(entry -> !properties.containsKey(entry.getKey()))
            .toList();
    model.clearMetadataProps().addAllMetadataProps(kept);
    new TreeMap<>(properties)
        .forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(value));
  }

  /** Writes the model, once ONNX Runtime has accepted it. */
  static void write(Path target, ModelProto model) {
    write(target, model.toByteArray());
  }

  /** Writes the bytes of a model, once ONNX Runtime has accepted it. */
  static void write(Path target, byte[] model) {
    OnnxSession.requireLoadable(model, target);
    try {
      AtomicFile.write(target, out -> out.write(model));
    } catch (CoreException e) {
      throw new OnnxException(String.valueOf(e.getMessage()), e);
    }
  }
}

package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
      throw new OnnxException("The model '%s' cannot be read.".formatted(path), e);
    }
  }

  private static OnnxException notOnnx(Path path) {
    return new OnnxException(
        "'%s' is not an ONNX file, or only the beginning of one; export the model again."
            .formatted(path));
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
    OnnxSession.requireLoadable(model.toByteArray(), target);
    try {
      AtomicFile.write(target, model::writeTo);
    } catch (CoreException e) {
      throw new OnnxException(String.valueOf(e.getMessage()), e);
    }
  }
}

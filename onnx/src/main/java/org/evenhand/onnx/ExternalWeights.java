package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Weights that a model keeps in other files beside it. */
final class ExternalWeights {
  private ExternalWeights() {}

  /**
   * The same model with all its weights inside.
   *
   * @param path of the model's file; the others are in its folder
   * @throws OnnxException if a file is missing, shorter than the model says, or outside the folder
   */
  static ModelProto inside(ModelProto model, Path path) {
    if (!ModelFile.keepsWeightsElsewhere(model)) {
      return model;
    }
    ModelProto.Builder whole = model.toBuilder();
    for (TensorProto.Builder tensor : whole.getGraphBuilder().getInitializerBuilderList()) {
      if (tensor.getDataLocation() == DataLocation.EXTERNAL) {
        tensor.setRawData(read(tensor, path)).clearExternalData().clearDataLocation();
      }
    }
    return whole.build();
  }

  private static ByteString read(TensorProto.Builder tensor, Path path) {
    Map<String, String> where =
        tensor.getExternalDataList().stream()
            .collect(
                Collectors.toMap(
                    StringStringEntryProto::getKey,
                    StringStringEntryProto::getValue,
                    (first, second) -> first));
    Path folder = path.toAbsolutePath().normalize().resolveSibling("");
    Path file = folder.resolve(where.getOrDefault("location", "")).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw unreadable(tensor, path, file, "it must lie beside the model");
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long offset = Long.parseLong(where.getOrDefault("offset", "0"));
      long length =
          Long.parseLong(where.getOrDefault("length", String.valueOf(in.length() - offset)));
      if (offset < 0 || length < 0 || length > Integer.MAX_VALUE || offset > in.length() - length) {
        throw unreadable(tensor, path, file, "it is shorter than the model says");
      }
      byte[] bytes = new byte[(int) length];
      in.seek(offset);
      in.readFully(bytes);
      return ByteString.copyFrom(bytes);
    } catch (IOException | NumberFormatException e) {
      throw unreadable(tensor, path, file, "it is not there, or the model does not say where");
    }
  }

  private static OnnxException unreadable(
      TensorProto.Builder tensor, Path path, Path file, String reason) {
    return new OnnxException(
        "The weights '%s' of the model '%s' cannot be read from '%s': %s."
            .formatted(tensor.getName(), path, file, reason));
  }
}

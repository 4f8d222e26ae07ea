package org.evenhand.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A protobuf message inside a file's bytes: where its fields lie. Nothing is decoded and nothing
 * written anew, so that numbers can be overwritten in place and every other byte stays.
 */
final class WireMessage {
  /**
   * One occurrence of a field.
   *
   * @param start first byte of its content in the file
   * @param end one past the last byte
   */
  private record Field(int number, int start, int end) {}

  private final byte[] file;
  private final List<Field> fields;

  private WireMessage(byte[] file, List<Field> parts) {
    this.file = file;
    this.fields = parts.stream().flatMap(part -> fieldsOf(file, part).stream()).toList();
  }

  /** The message that fills a file. */
  static WireMessage of(byte[] file) {
    return new WireMessage(file, List.of(new Field(0, 0, file.length)));
  }

  private static List<Field> fieldsOf(byte[] file, Field message) {
    int length = message.end() - message.start();
    CodedInputStream in = CodedInputStream.newInstance(file, message.start(), length);
    List<Field> found = new ArrayList<>();
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        int size =
            WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                ? in.readRawVarint32()
                : -1;
        int start = message.start() + in.getTotalBytesRead();
        if (size >= 0) {
          in.skipRawBytes(size);
        } else {
          in.skipField(tag);
        }
        int end = message.start() + in.getTotalBytesRead();
        found.add(new Field(WireFormat.getTagFieldNumber(tag), start, end));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the file was parsed before and must be whole", e);
    }
    return found;
  }

  private List<Field> all(int number) {
    return fields.stream().filter(field -> field.number() == number).toList();
  }

  /** A field that holds one message; if it occurs several times, protobuf merges them. */
  WireMessage message(int number) {
    return new WireMessage(file, all(number));
  }

  /** One element of a field that holds a list of messages. */
  WireMessage element(int number, int index) {
    return new WireMessage(file, List.of(all(number).get(index)));
  }

  /** The offset of every number in a list of numbers of fixed size, packed or not. */
  int[] numbers(int number, int bytes) {
    return all(number).stream().flatMapToInt(field -> offsets(field, bytes)).toArray();
  }

  /** The offset of every number in a field of raw bytes; of several, the last one counts. */
  int[] rawNumbers(int number, int bytes) {
    List<Field> occurrences = all(number);
    return occurrences.isEmpty()
        ? new int[0]
        : offsets(occurrences.get(occurrences.size() - 1), bytes).toArray();
  }

  private static IntStream offsets(Field field, int bytes) {
    return IntStream.range(0, (field.end() - field.start()) / bytes)
        .map(i -> field.start() + i * bytes);
  }
}

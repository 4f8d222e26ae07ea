package org.evenhand.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Damages sound inputs: their bytes, or what their fields say. The same numbers damage alike. */
final class Damage {
  private static final long[] ODD = {
    0, 1, -1, 127, 128, 255, 256, 32767, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 40
  };

  /** One to four things wrong with some bytes. */
  static byte[] damaged(byte[] seed, SplittableRandom random) {
    byte[] bytes = seed.clone();
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      bytes = damagedOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] damagedOnce(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(16, bytes.length - at));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(6)) {
      case 0 -> {
        out.write(bytes[at] ^ (1 << random.nextInt(8)));
        out.write(bytes, at + 1, bytes.length - at - 1);
      }
      case 1 -> out.write(bytes, at + length, bytes.length - at - length);
      case 2 -> {
        out.write(bytes, at, length);
        out.write(bytes, at, bytes.length - at);
      }
      case 3 -> {
        long odd = ODD[random.nextInt(ODD.length)];
        int width = Math.min(1 << random.nextInt(4), bytes.length - at);
        for (int i = 0; i < width; i++) {
          out.write((int) (odd >>> (8 * i)));
        }
        out.write(bytes, at + width, bytes.length - at - width);
      }
      case 4 -> {
        out.writeBytes(
            Long.toString(ODD[random.nextInt(ODD.length)])
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.write(bytes, at + length, bytes.length - at - length);
      }
      default -> {
        if (random.nextInt(4) > 0) {
          out.write(random.nextInt(256));
          out.write(bytes, at + 1, bytes.length - at - 1);
        }
      }
    }
    return out.toByteArray();
  }

  /** Names that mean something elsewhere in the seeds, and some that mean nothing. */
  private static final List<String> NAMES =
      List.of(
          "",
          "p",
          "a",
          "x",
          "label",
          "probabilities",
          "logits",
          "w",
          "N",
          "Identity",
          "Gather",
          "Concat",
          "Constant",
          "Reshape",
          "ZipMap",
          "ArgMax",
          "LabelEncoder",
          "\u001b[2J",
          "é😀");

  /** A field of some message inside a message, for one to put something wrong into. */
  private record Place(Message.Builder message, FieldDescriptor field) {}

  /**
   * One to three fields wrong in a file that remains one of its format, so that what reads it gets
   * further than its first bytes.
   */
  static byte[] damaged(Message seed, SplittableRandom random) {
    Message.Builder message = seed.toBuilder();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      List<Place> places = places(message);
      if (!places.isEmpty()) {
        Place place = places.get(random.nextInt(places.size()));
        if (place.field().isRepeated()) {
          damageList(place, random);
        } else {
          damageValue(place, random);
        }
      }
    }
    return message.build().toByteArray();
  }

  private static List<Place> places(Message.Builder message) {
    List<Place> places = new ArrayList<>();
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      places.add(new Place(message, field));
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        int count = field.isRepeated() ? message.getRepeatedFieldCount(field) : 1;
        for (int i = 0; i < count; i++) {
          places.addAll(
              places(
                  field.isRepeated()
                      ? message.getRepeatedFieldBuilder(field, i)
                      : message.getFieldBuilder(field)));
        }
      }
    }
    return places;
  }

  private static void damageValue(Place place, SplittableRandom random) {
    if (place.field().getJavaType() == FieldDescriptor.JavaType.MESSAGE || random.nextInt(3) == 0) {
      place.message().clearField(place.field());
    } else {
      Object value = place.message().getField(place.field());
      place.message().setField(place.field(), wrong(place.field(), value, random));
    }
  }

  private static void damageList(Place place, SplittableRandom random) {
    FieldDescriptor field = place.field();
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < place.message().getRepeatedFieldCount(field); i++) {
      elements.add(place.message().getRepeatedField(field, i));
    }
    int at = random.nextInt(elements.size());
    switch (random.nextInt(4)) {
      case 0 -> elements.clear();
      case 1 -> elements.remove(at);
      case 2 -> elements.add(at, elements.get(random.nextInt(elements.size())));
      default -> elements.set(at, wrong(field, elements.get(at), random));
    }
    place.message().clearField(field);
    elements.forEach(element -> place.message().addRepeatedField(field, element));
  }

  private static Object wrong(FieldDescriptor field, Object value, SplittableRandom random) {
    long odd = ODD[random.nextInt(ODD.length)];
    return switch (field.getJavaType()) {
      case INT -> (int) odd;
      case LONG -> odd;
      case FLOAT -> random.nextInt(3) == 0 ? Float.NaN : (float) odd;
      case DOUBLE -> random.nextInt(3) == 0 ? Double.NaN : (double) odd;
      case BOOLEAN -> !(Boolean) value;
      case STRING -> NAMES.get(random.nextInt(NAMES.size()));
      case BYTE_STRING ->
          ByteString.copyFrom(damagedOnce(((ByteString) value).toByteArray(), random));
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(random.nextInt(field.getEnumType().getValues().size()));
      case MESSAGE -> ((Message) value).getDefaultInstanceForType();
    };
  }
}

package org.evenhand.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenhand.core.InputColumn;

/** The datatypes of the protocol with the numbers that they take. */
enum Datatype {
  BOOL(0, 1),
  UINT8(0, 0xFF),
  UINT16(0, 0xFFFF),
  UINT32(0, 0xFFFF_FFFFL),
  UINT64(0, Long.MAX_VALUE),
  INT8(Byte.MIN_VALUE, Byte.MAX_VALUE),
  INT16(Short.MIN_VALUE, Short.MAX_VALUE),
  INT32(Integer.MIN_VALUE, Integer.MAX_VALUE),
  INT64(Long.MIN_VALUE, Long.MAX_VALUE),
  FP16(-65504, 65504),
  BF16(-Float.MAX_VALUE, Float.MAX_VALUE),
  FP32(-Float.MAX_VALUE, Float.MAX_VALUE),
  FP64(-Double.MAX_VALUE, Double.MAX_VALUE),
  BYTES(0, 0);

  private final double least;
  private final double most;

  Datatype(double least, double most) {
    this.least = least;
    this.most = most;
  }

  static Optional<Datatype> of(String name) {
    return Arrays.stream(values())
        .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  boolean isFloatingPoint() {
    return this == FP16 || this == BF16 || this == FP32 || this == FP64;
  }

  /** Whether a number can be sent as this type without loss of meaning. */
  boolean takes(double number) {
    return number >= least && number <= most && (isFloatingPoint() || number == Math.rint(number));
  }

  InputColumn.Kind kind() {
    return this == BYTES ? InputColumn.Kind.TEXT : InputColumn.Kind.NUMBER;
  }

  /** For the user: what it takes. */
  String described() {
    if (this == BOOL) {
      return "0 or 1 only";
    }
    return isFloatingPoint()
        ? "%s numbers only".formatted(this)
        : "whole numbers (%s) only".formatted(this);
  }
}

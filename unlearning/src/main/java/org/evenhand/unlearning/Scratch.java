package org.evenhand.unlearning;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * Memory outside the Java heap, for operands that are needed during one call only. Every thread
 * keeps its own and it grows as needed, because fresh memory costs more than the products.
 */
final class Scratch {
  static final Scratch LEFT = new Scratch();
  static final Scratch RIGHT = new Scratch();
  static final Scratch RESULT = new Scratch();

  private final ThreadLocal<DoubleBuffer> buffer = ThreadLocal.withInitial(() -> allocate(0));

  private Scratch() {}

  /** Zeros that OpenBLAS can use without copying. */
  static DoubleBuffer allocate(int size) {
    // Its size in bytes would overflow as an int above 2^28 numbers: an error, not a wrong size.
    return ByteBuffer.allocateDirect(Math.multiplyExact(size, Double.BYTES))
        .order(ByteOrder.nativeOrder())
        .asDoubleBuffer();
  }

  /** At least so many numbers, of any value, until this thread asks again. */
  DoubleBuffer of(int size) {
    if (buffer.get().capacity() < size) {
      buffer.set(allocate(size));
    }
    return buffer.get();
  }

  /** A part of an array, from the buffer's beginning. */
  DoubleBuffer holding(double[] values, int from, int count) {
    return of(count).put(0, values, from, count);
  }
}

package org.evenhand.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Column;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.data.DataException;

/**
 * Where in an image an answer comes from: how far it moves while a square of the image is exchanged
 * for the same square of another one, as permutation tells the importance of a column. Anything
 * that answers to images can be asked, whatever it computes inside.
 *
 * <pre>{@code
 * Exchange exchange = new Exchange(how);
 * Table changed = exchange.changed(images, "image");
 * Answers.Soft answers = (Answers.Soft) model.answer(changed);
 * List<Heatmap> maps = exchange.maps(answers.logProbabilities(), answers.classes().size());
 * }</pre>
 *
 * <p>A square is a fifth of the image's height and width, and the next begins half of that further
 * on. Each is exchanged for those of the next two images of the table, so let these be of other
 * groups. A pixel's heat is the mean over all exchanges that reach it, the fewest in corners, of
 * the largest change of the log-odds of two classes, in nats.
 */
public final class Exchange {
  private static final int SQUARES = 5;

  /** Images that squares are taken from, where there are as many others. */
  private static final int OTHERS = 2;

  private final Preprocessing how;
  private final List<Square> squares = new ArrayList<>();

  /** The pixels from the upper left one to the one before the lower right one. */
  private record Square(int top, int left, int bottom, int right) {}

  /**
   * Of images of one size.
   *
   * @param how they were prepared
   */
  public Exchange(Preprocessing how) {
    this.how = how;
    int height = how.height();
    int width = how.width();
    int tall = Math.max(1, height / SQUARES);
    int wide = Math.max(1, width / SQUARES);
    for (int top : starts(height, tall)) {
      for (int left : starts(width, wide)) {
        squares.add(new Square(top, left, top + tall, left + wide));
      }
    }
  }

  /** Where squares begin along a side, so that they reach its end. */
  private static int[] starts(int length, int side) {
    int step = Math.max(1, side / 2);
    int last = length - side;
    return IntStream.concat(
            IntStream.iterate(0, start -> start < last, start -> start + step), IntStream.of(last))
        .toArray();
  }

  /** How many images are asked about for each image: itself, and with each square exchanged. */
  public int asked() {
    return 1 + OTHERS * squares.size();
  }

  /**
   * For every row the row itself, then with each square exchanged: rows × {@link #asked}.
   *
   * @param rows at least two images, which are read into memory, with further columns or without
   * @param column that holds the images
   * @throws org.evenhand.core.CoreException if there is no such column
   * @throws DataException if there are no two images
   */
  public Table changed(Table rows, String column) {
    TensorColumn images = (TensorColumn) rows.column(column);
    int count = images.rows();
    if (count < 2) {
      throw new DataException(
          "Squares are exchanged between images, but there are %d; give two or more."
              .formatted(count));
    }
    float[][] numbers = new float[count][images.size()];
    for (int row = 0; row < count; row++) {
      images.read(row, numbers[row], 0);
    }
    int others = Math.min(OTHERS, count - 1);
    int asked = asked();
    int[] repeated = IntStream.range(0, count * asked).map(i -> i / asked).toArray();
    TensorColumn exchanged =
        TensorColumn.of(
            column,
            images.shape(),
            repeated.length,
            (index, into, offset) -> {
              int row = index / asked;
              System.arraycopy(numbers[row], 0, into, offset, numbers[row].length);
              if (index % asked > 0) {
                int change = index % asked - 1;
                int other = (row + 1 + change % OTHERS % others) % count;
                exchange(squares.get(change / OTHERS), numbers[other], into, offset);
              }
            });
    List<Column> columns = new ArrayList<>();
    for (Column each : rows.select(repeated).columns()) {
      columns.add(each.name().equals(column) ? exchanged : each);
    }
    return Table.of(columns);
  }

  private void exchange(Square square, float[] other, float[] into, int offset) {
    for (int c = 0; c < how.channels().count(); c++) {
      for (int y = square.top(); y < square.bottom(); y++) {
        for (int x = square.left(); x < square.right(); x++) {
          int place = how.place(c, y, x);
          into[offset + place] = other[place];
        }
      }
    }
  }

  /**
   * A map for every row.
   *
   * @param answers to {@link #changed}, rows × {@link #asked} × classes, on a log scale, in nats;
   *     what is the same for all classes of an answer changes nothing
   * @param classes K, at least 2
   */
  public List<Heatmap> maps(double[] answers, int classes) {
    int numbers = asked() * classes;
    return IntStream.range(0, answers.length / numbers)
        .mapToObj(
            row -> map(Arrays.copyOfRange(answers, row * numbers, (row + 1) * numbers), classes))
        .toList();
  }

  private Heatmap map(double[] answers, int classes) {
    double[] sums = new double[how.height() * how.width()];
    int[] changes = new int[sums.length];
    for (int change = 0; change < asked() - 1; change++) {
      double moved = moved(answers, (change + 1) * classes, classes);
      Square square = squares.get(change / OTHERS);
      for (int y = square.top(); y < square.bottom(); y++) {
        for (int x = square.left(); x < square.right(); x++) {
          sums[y * how.width() + x] += moved;
          changes[y * how.width() + x]++;
        }
      }
    }
    float[] values = new float[sums.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sums[i] / changes[i]);
    }
    return new Heatmap(how.height(), how.width(), values);
  }

  /** The largest change of the log-odds of two classes from the first answer to another. */
  private static double moved(double[] answers, int start, int classes) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      double change = answers[start + k] - answers[k];
      least = Math.min(least, change);
      most = Math.max(most, change);
    }
    return most - least;
  }
}

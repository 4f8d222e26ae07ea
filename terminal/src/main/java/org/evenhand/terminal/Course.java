package org.evenhand.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a whole run has come, as one share that only grows. A run has parts that follow each
 * other; a part has tasks, which may have tasks in each of their steps or after them.
 *
 * <p>A task says how many steps it has, but nobody knows what follows it. So a task takes the run
 * over nine tenths of what is left of its part, and the next one over nine tenths of the rest.
 */
final class Course {
  private static final double OF_THE_REST = 0.9;

  private final List<Task> tasks = new ArrayList<>();
  private double from;
  private double until = 1;
  private double reached;

  /**
   * A task, the innermost last.
   *
   * @param name by which its steps are told apart
   * @param base share of the task around it that others took before
   * @param done steps
   * @param total steps
   */
  private record Task(String name, double base, long done, long total) {
    double share(double withinStep) {
      double own = Math.min(1, (done + withinStep) / Math.max(total, 1));
      return base + OF_THE_REST * (1 - base) * own;
    }
  }

  /**
   * The next part begins.
   *
   * @param end share of the whole run that is behind when it ends
   */
  void begin(double end) {
    from = reached;
    until = Math.max(end, reached);
    tasks.clear();
  }

  /**
   * A task has come further, or begins.
   *
   * @param name of the task
   * @param done steps, 0 if it begins
   * @param total steps
   * @return share of the whole run that is behind
   */
  double step(String name, long done, long total) {
    int at = indexOf(name);
    Task before = at < 0 ? new Task(name, 0, 0, total) : tasks.get(at);
    if (at >= 0) {
      tasks.subList(at, tasks.size()).clear();
    } else if (!tasks.isEmpty() && isDone(tasks.get(tasks.size() - 1))) {
      before = after(tasks.remove(tasks.size() - 1), name);
    }
    // A task that is done several times begins anew.
    double base = done < before.done() ? after(before, name).base() : before.base();
    tasks.add(new Task(name, base, done, total));
    reached = Math.max(reached, from + (until - from) * share());
    return reached;
  }

  private static Task after(Task done, String name) {
    return new Task(name, done.share(0), 0, 1);
  }

  private static boolean isDone(Task task) {
    return task.done() >= task.total();
  }

  private int indexOf(String name) {
    for (int i = 0; i < tasks.size(); i++) {
      if (tasks.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private double share() {
    double share = 0;
    for (int i = tasks.size() - 1; i >= 0; i--) {
      share = tasks.get(i).share(share);
    }
    return share;
  }
}

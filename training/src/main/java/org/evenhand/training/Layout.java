package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;

/**
 * How the numbers of a batch lie in memory. Convolutions on a processor want blocks of channels
 * side by side; layers between {@link #BLOCKED} and {@link #PLAIN} hand such blocks on, rather than
 * have every convolution reorder what it reads and writes.
 */
enum Layout implements Layer {
  /** Blocks of channels, where the library has them: not on graphics cards. */
  BLOCKED {
    @Override
    public Tensor forward(Tensor input, Weights weights, boolean training) {
      return input.is_cpu() && torch.hasMKLDNN() ? input.to_mkldnn() : input;
    }
  },

  /** Row-major. */
  PLAIN {
    @Override
    public Tensor forward(Tensor input, Weights weights, boolean training) {
      return input.is_mkldnn() ? input.to_dense() : input;
    }
  };

  @Override
  public List<ImageLayer> freeze(Weights weights) {
    return List.of();
  }
}

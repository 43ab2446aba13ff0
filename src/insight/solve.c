// Cholesky: matrix = L · Lᵀ, then L · y = vector, then Lᵀ · x = y.
#include "insight/solve.h"

#include <math.h>

static void factor(double *matrix, size_t size) {
  for (size_t i = 0; i < size; i++) {
    for (size_t j = 0; j <= i; j++) {
      double sum = matrix[i * size + j];
      for (size_t k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
      matrix[i * size + j] = i == j ? sqrt(fmax(sum, 1e-12)) : sum / matrix[j * size + j];
    }
  }
}

void equations_solve(double *matrix, double *vector, size_t size) {
  factor(matrix, size);
  for (size_t i = 0; i < size; i++) {
    for (size_t k = 0; k < i; k++) vector[i] -= matrix[i * size + k] * vector[k];
    vector[i] /= matrix[i * size + i];
  }
  for (size_t i = size; i-- > 0;) {
    for (size_t k = i + 1; k < size; k++) vector[i] -= matrix[k * size + i] * vector[k];
    vector[i] /= matrix[i * size + i];
  }
}

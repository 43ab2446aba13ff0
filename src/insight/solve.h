// Linear equations with a symmetric positive definite matrix, as fitting needs them.
#pragma once

#include <stddef.h>

// Solves matrix · x = vector by a Cholesky factor; only the lower half of the matrix (size × size, row by row) is looked at, and
// is overwritten. The vector becomes x.
void equations_solve(double *matrix, double *vector, size_t size);

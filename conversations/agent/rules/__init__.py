"""Understanding of task sentences without a model: pure functions over tables, one folder a language."""

"""The tests. ``fakes`` holds what several of them need."""

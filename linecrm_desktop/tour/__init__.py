"""The tour plays the whole main job on the sample shop through the real window and keeps a picture of each step."""

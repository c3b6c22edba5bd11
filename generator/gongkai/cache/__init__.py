"""What is kept between builds: entries on disk, checked when they are read, found by what they were made from."""

"""The timeline's rules: what stands where in the figure, in pixels, so that nothing hides anything.

`place` takes lanes of records and the size of the picture and gives positions. One kind has one row in a lane; a mark
that would touch another moves to a row under it, and the lane grows. Labels are placed by weight and left out rather
than laid over anything. Nothing here knows how the figure is drawn (`relations.charts.timeline` does).
"""

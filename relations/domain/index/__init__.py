"""The relationship index: a monthly score from −9 to 9 for each relationship, after Yan Xuetong and Zhou Fangyin (Tsinghua).

`kinds` says what kind of impact a record has, `score` computes the series with the records behind each month, `resample`
how far the score depends on the weights and on single reports. docs/method.md has the rules in words and a worked example.
"""

"""How was the Dutch embedding model made, from what, and how good is it?

A workshop, imported by no other package: `python -m training` makes the model that `search` ships, and
`python -m training.evaluate` prints how good a model is.

    recipe       the whole making in a page: read it first
    corpus       reads the texts
    vocabulary   cuts Dutch into pieces
    weights      how much each piece counts
    vectors      a first vector for each piece (word2vec), its common directions evened out
    pairs        texts that belong together
    contrast     learns from those pairs
    shipping     writes and loads the model's folder
    measures     nDCG@10 and Spearman's rho
    evaluate     the table of scores

Beside it: how the weights of the answers were set, with `python -m training.answer_weights GOLD=DATA`.

    answer_examples  questions with everything that could be quoted for them, graded
    made_up          questions that no paper answers, beside those of the gold sets
    answer_weights   fits the weights, and tells how good they are on questions that they were not set on
"""

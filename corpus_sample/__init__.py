"""The papers of Dalmeren, an invented municipality: what the project is shown, tested and measured on.

`sources/` holds the texts, `pdf/` what a clerk would publish, `manifest.jsonl` what a clerk would know about it.
`python -m corpus_sample.build` makes the last two from the first.
"""

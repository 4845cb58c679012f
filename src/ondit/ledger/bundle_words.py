"""The page that lies in a chain-of-custody bundle."""

README = """\
# Chain-of-custody bundle

A [BagIt](https://www.rfc-editor.org/rfc/rfc8493) bag. Any BagIt tool checks it; without one, `sha256sum -c manifest-sha256.txt` does.

| what | where |
|---|---|
| the originals, byte for byte as they were received, named by their SHA-256 | `data/originals/` |
| how each came in: hash, size, publisher, address, when it was retrieved and added, by whom, from which file | `data/custody.csv` |
| what analysts decided: who, when, why, and what it was before | `data/decisions.csv` |
| what was taken away because law or safety demanded it: hash, who, when, why | `data/removed.csv` |
| what was read in each report, every value with its characters and its rule | `data/readings.jsonl` |
| the whole ledger, a SQLite file | `data/ledger/ledger.sqlite` |

## The Berkeley Protocol

The Berkeley Protocol on Digital Open Source Investigations (OHCHR and Human Rights Center, UC Berkeley School of Law, HR/PUB/20/2), in its chapter on the investigation
process, says what preservation must keep of a digital item. What in this bundle answers to it:

| the Protocol asks for | here |
|---|---|
| authenticity: that an item remains unchanged from when it was collected | the hash was taken when the item was added (`custody.csv`), names the file, and is in the manifest |
| availability: that it exists and can be retrieved | the original itself is in the bundle |
| identity: that it can be told from other items | ids are hashes of publisher, address and bytes; versions of one post share a series |
| persistence: that its bits are intact and can be processed | manifests with SHA-256; plain files, CSV, JSON and SQLite, each readable without ondit |
| renderability: that people or machines can use it | originals in the format they came in; their text in `readings.jsonl` |
| understandability: that the intended users can interpret it | publisher, address, dates and their provenance, voices, and the rule behind every value |
| chain of custody: who had it, when, and what was done | `custody.csv`, `decisions.csv`, `removed.csv`, in the order of time |
| an evidentiary copy apart from working copies | `data/originals/` is never worked on; decisions are kept apart from what was read |

What it does not answer: where a report was collected by other software, how it was captured there is only known as far as that software says so; the hash taken on adding proves what
was added, not what was once published. A bundle does not sign or time-stamp itself: have the hash of `manifest-sha256.txt` signed or time-stamped by somebody whom your readers trust.
"""

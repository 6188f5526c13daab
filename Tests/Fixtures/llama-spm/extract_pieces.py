#!/usr/bin/env python3
"""Writes the pieces of a vocabulary-only GGUF (tokenizer.ggml.tokens) as pieces.bin: one a line, in id order. Usage: extract_pieces.py FILE.gguf pieces.bin"""
import struct
import sys

data = open(sys.argv[1], "rb").read()
magic, version, _, count = struct.unpack_from("<4sIQQ", data)
assert magic == b"GGUF" and version >= 2
at = 24
SIZES = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}


def value(kind):
    global at
    if kind == 8:
        (length,) = struct.unpack_from("<Q", data, at)
        at += 8 + length
        return data[at - length:at]
    if kind == 9:
        element, length = struct.unpack_from("<IQ", data, at)
        at += 12
        return [value(element) for _ in range(length)]
    (result,) = struct.unpack_from("<" + SIZES[kind], data, at)
    at += struct.calcsize(SIZES[kind])
    return result


fields = {}
for _ in range(count):
    key = value(8).decode()
    (kind,) = struct.unpack_from("<I", data, at)
    at += 4
    fields[key] = value(kind)

pieces = fields["tokenizer.ggml.tokens"]
scores = fields["tokenizer.ggml.scores"]
# The scores need no column: after the bytes they fall by one a piece, but spaces come last, all with one score.
for i in range(259, len(pieces)):
    run = not pieces[i].replace(b"\xe2\x96\x81", b"")
    assert scores[i] == (-1e9 if run else -float(i - 259))
assert not any(b"\n" in piece for piece in pieces)
open(sys.argv[2], "wb").write(b"".join(piece + b"\n" for piece in pieces))

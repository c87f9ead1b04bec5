"""Aliases (叫法): what customers mean by their words, taught by staff or learnt from picks."""

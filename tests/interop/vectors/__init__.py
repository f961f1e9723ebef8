"""The vectors of schemas/vectors: passports that are right and passports that are wrong in one
place each, with the verdict the rules give them."""
from vectors import (
    bad_custody, bad_entries, bad_heads, bad_history, bad_json, bad_packets, edges, erased, good, judged, limits,
    reader_files, remarks, sealed, ten_hops, trust_files,
)

MODULES = [good, bad_json, bad_packets, bad_entries, bad_heads, bad_custody, bad_history, judged, edges, erased, limits, trust_files,
           reader_files, ten_hops, sealed, remarks]

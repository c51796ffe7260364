"""Records of OHSUMED and of PubMed citations, and what MeSH headings say of the latter by the product's own rules."""
import gzip
import json
import re
from pathlib import Path

SPECIALTIES = ["Cardiology", "Emergency", "Pulmonology", "Gastroenterology", "Dermatology"]
OTHER = "Other"


def read_lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def text_of(record):
    return record["title"] or "", record["abstract"] or ""


def normal(text):
    return re.sub(r"\W+", " ", (text or "").lower()).strip()


def keys(record):
    """What gives a copy away: the normalised title, and the first 150 letters of the normalised abstract."""
    title, abstract = map(normal, text_of(record))
    return {key for key in ("t " + title if title else "", "a " + abstract[:150] if abstract else "") if key}


def read_citations(path, known):
    """Citations with an abstract that share no key with each other or with a known document; how many of each went."""
    taken, kept, leaks, copies = set(), [], 0, 0
    for record in read_lines(path):
        if not record["abstract"]:
            continue
        own = keys(record)
        leaks += bool(own & known)
        copies += not own & known and bool(own & taken)
        if not own & known and not own & taken:
            kept.append(record)
        taken |= own
    return kept, leaks, copies


# ---- labels by MeSH headings, by the product's own rules


def listed(block, key):
    """The strings of a list in a block of the configuration."""
    found = re.search(key + r" = \[(.*?)\]", block, re.DOTALL)
    return [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|([^\s,"]+)', found.group(1))] if found else []


class MeshRules:
    """A place in the trees belongs to a class if the nearest marked place at or above it does; see specialties.conf."""

    def __init__(self, rules, trees):
        self.places = {}
        with gzip.open(trees, "rt", encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                number, name = line.rstrip("\n").split("\t")[:2]
                self.places.setdefault(name.lower(), []).append(number)
        conf = re.sub(r"(?m)^\s*#.*$", "", Path(rules).read_text(encoding="utf-8"))
        head, _, carved = conf.partition("carve-outs")
        blocks = re.findall(r"name = (\w+)(.*?)(?=name = |\Z)", head, re.DOTALL)
        self.marks = {name: self.belonging(block) for name, block in blocks}
        for quoted, bare, name in re.findall(r'subtree = (?:"([^"]+)"|(\w+)), leaves = (\w+)', carved):
            self.marks[name].update((place, False) for place in self.places.get((quoted or bare).lower(), []))

    def belonging(self, block):
        marks = {prefix: True for prefix in listed(block, "prefixes")}
        marks.update((place, True) for name in listed(block, "subtrees") for place in self.places.get(name.lower(), []))
        return marks

    def belongs(self, place, marks):
        while place:
            if place in marks:
                return marks[place]
            place = place.rpartition(".")[0]
        return False

    def classes(self, headings):
        """Classes of the headings; None if the table knows none of them."""
        known = [self.places[name.lower()] for name in headings if name.lower() in self.places]
        if not known:
            return None
        places = [place for of in known for place in of]
        return {name for name, marks in self.marks.items() if any(self.belongs(place, marks) for place in places)}

    def labels(self, record):
        """Specialties of the major headings, else of all headings; Other if they name none; None without headings."""
        every = self.classes(record["mesh"])
        if every is None:
            return None
        return sorted(self.classes(record["mesh_major"]) or every) or [OTHER]

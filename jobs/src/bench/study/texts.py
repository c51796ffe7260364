"""What the studies do to texts: stems, abbreviations, sections."""
import re

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

try:
    import snowballstemmer
except ImportError:
    snowballstemmer = None

TOKEN = r"(?u)[^\W_]+(?:[-'][^\W_]+)*\+?"


def stemmed(documents):
    """Words by Porter's stemmer, stop words left as they are."""
    stemmer, known = snowballstemmer.stemmer("porter"), {word: word for word in ENGLISH_STOP_WORDS}

    def stem(match):
        word = match.group().lower()
        if word not in known:
            known[word] = stemmer.stemWord(word)
        return known[word]

    return [tuple(re.sub(r"[A-Za-z]+", stem, part) for part in document) for document in documents]


def long_form(short, before):
    """The shortest words before a bracket with the short form's letters in order (A. Schwartz, M. Hearst, 2003)."""
    at = len(before)
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        at -= 1
        while at >= 0 and (before[at].lower() != letter or index == 0 and at > 0 and before[at - 1].isalnum()):
            at -= 1
        if at < 0:
            return None
    found = before[before.rfind(" ", 0, at) + 1:]
    return found if len(found) > len(short) and short.lower() not in found.lower().split() else None


def abbreviations(text):
    """Short forms that the text defines as "long form (SF)", at least one of their letters a capital."""
    found = {}
    for match in re.finditer(r"\(([A-Za-z0-9][A-Za-z0-9-]{1,9})\)", text):
        short = match.group(1)
        if any(letter.isupper() for letter in short):
            words = text[:match.start()].split()[-min(len(short) + 5, 2 * len(short)):]
            long = long_form(short, " ".join(words))
            if long:
                found.setdefault(short, long)
    return found


def expanded(documents):
    """The long form beside its short form wherever that stands outside its definition; how many texts and forms."""
    result, texts, forms = [], 0, 0
    for title, abstract in documents:
        found = abbreviations(title + "\n" + abstract)
        texts, forms = texts + bool(found), forms + len(found)
        for short, long in found.items():
            alone = re.compile(r"(?<![A-Za-z0-9(])" + re.escape(short) + r"(?![A-Za-z0-9])")
            title, abstract = (alone.sub(lambda match: short + " " + long, part) for part in (title, abstract))
        result.append((title, abstract))
    return result, texts, forms


LABEL = re.compile(r"(?:^|(?<=[.?!;)] ))([A-Z][A-Z ,/&-]{2,60}?)(?::|--|\.(?= ))")
SECTIONS = [
    ("conclusions", "CONCLUSION|IMPLICATION"),
    ("results", "RESULT|FINDING|SYNTHES"),
    (
        "methods",
        "METHOD|DESIGN|SETTING|PATIENT|PARTICIPANT|SUBJECT|INTERVENTION|MEASURE|SELECTION|EXTRACTION|SOURCE|IDENTIFI",
    ),
    ("background", "BACKGROUND|OBJECTIVE|PURPOSE|AIM|HYPOTHES|INTRODUCTION|QUESTION"),
]


def section_of(label):
    return next((name for name, words in SECTIONS if re.search(words, label)), None)


def sections(abstract):
    """Sections of a structured abstract: pairs of its kind and its text; empty without labels."""
    found = [(match, section_of(match.group(1))) for match in LABEL.finditer(abstract)]
    found = [(match, name) for match, name in found if name]
    ends = [match.start() for match, _ in found[1:]] + [len(abstract)]
    return [(name, abstract[match.end():end]) for (match, name), end in zip(found, ends)]


def section_words(abstract):
    return [
        name + " " + word
        for name, text in sections(abstract)
        for word in re.findall(TOKEN, text.lower())
        if word not in ENGLISH_STOP_WORDS
    ]

/**
 * The compiled scorer: a fitted pipeline as one pass from text to probabilities, in plain Java.
 *
 * <p>Same classes and, bit for bit, same probabilities as the stages of the model; no vectors and
 * no objects between them. (Of boosted trees and perceptrons: as the margins of both are rounded
 * before they become probabilities, see {@link org.medroute.linear.Link}.) It runs inside Spark and
 * without it.
 *
 * <h2>The file, compiled/scorer.bin</h2>
 *
 * Little-endian; every section begins at a multiple of 8 bytes.
 *
 * <pre>
 * offset  bytes  header
 *      0      8  "MEDROUTE"
 *      8      4  version of the format, 2
 *     12      4  number of sections n
 *     16      8  length of the file
 *     24     32  content digest of the model that was compiled (sha256)
 *     56      4  CRC-32C of bytes 0 to 55 and of the directory
 *     60      4  0
 *     64   24 n  directory: tag (4 ASCII letters), CRC-32C, offset (8), length in bytes (8)
 * </pre>
 *
 * Sections are arrays of int (4 bytes) or double (8), raw bytes, or texts (number of texts; for
 * each its length in bytes and its UTF-8). A reader refuses a section that it does not know, unless
 * the tag begins with a small letter: such a section is not needed to score.
 *
 * <pre>
 * MODL texts    task, version
 * CLAS texts    classes in order
 * CALI text     calibration, as in model.json
 * ROUT text     routing, as in model.json
 * TOPT texts    shortest word, longest n-gram, compounds, numbers, counting, whether words of the
 *               heading are terms, whose thesaurus: OWN or that of LINR
 * TTHn ints     array n of its own thesaurus, 0 to 5, see {@link org.medroute.linear.Thesaurus}
 * TSTP texts    stop words beside the built-in ones
 * TSPC int      size of the hash space
 * TSEL ints     selected buckets, ascending: bucket of each feature
 * TWGT doubles  weight of each feature
 * FSHP ints     forest: classes, features
 * FCST ints     first condition of each feature, and the end
 * FTHR doubles  threshold of each condition, ascending within a feature
 * FROT ints     first node of each tree
 * FTST ints     nodes in pre-order: condition (0 or more), or complement of a leaf's distribution
 * FRGT ints     right child of an inner node; number of a leaf
 * FSST ints     first share of each distribution, and the end
 * FSCL ints     class of each share
 * FSHR doubles  shares that are not zero
 * fwgt doubles  training weight of each leaf, for evidence
 * BSHP ints     boosted trees: classes, features
 * BCST ints     first tree of each class, and the end
 * BROT ints     first node of each tree
 * BTST ints     nodes in pre-order: feature that a node asks for, or -1 for a leaf
 * BTHR doubles  threshold of each node
 * BRGT ints     right child of an inner node
 * BVAL doubles  what each node would add to the margin
 * PSHP ints     perceptron: classes, features, units
 * PWIN doubles  weights by feature and unit
 * PBIN doubles  bias of each unit
 * PWOU doubles  weights by unit and class
 * PBOU doubles  bias of each class
 * LINR bytes    linear classifier, as {@link org.medroute.linear.LinearClassifier#toBytes} writes it
 * nfst ints     first training term of each feature, and the end, for evidence
 * ntst ints     first byte of each term, and the end
 * ntxt bytes    terms in UTF-8
 * </pre>
 *
 * Sections of the terms are there where the model has a forest, boosted trees or a perceptron, of
 * which it has one at most, with its sections; LINR where it has a linear classifier.
 */
package org.medroute.compiled;

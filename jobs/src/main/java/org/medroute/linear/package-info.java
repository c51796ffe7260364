/**
 * Linear classifiers over the terms, the heading and the sub-words of a text, in plain Java: the
 * numbers that stand for a text, the fit, the fitted model and its file.
 *
 * <p>A text has three blocks of features, each a vector of length one (times the block's weight):
 *
 * <ul>
 *   <li>terms: words and pairs of words, (1 + ln count) x idf;
 *   <li>heading: the same of its first line, which for a document is the title;
 *   <li>sub-words: every distinct word, known or not, stands for the mean of its pieces of three to
 *       five letters, so that a word that no training document had still says something.
 * </ul>
 *
 * <p>{@link org.medroute.linear.LinearTrainingSet} holds training documents in arrays, {@link
 * org.medroute.linear.OneVersusRest} fits one class against the others and {@link
 * org.medroute.linear.LinearText} scores. All of it is sequential arithmetic in an order that
 * depends on the documents alone: the same documents give the same bits.
 */
package org.medroute.linear;

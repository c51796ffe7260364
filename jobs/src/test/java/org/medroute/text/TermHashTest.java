package org.medroute.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermHashTest {
  /**
   * Computed by an independent MurmurHash3 over UTF-8 bytes; the last is one code point of four.
   */
  @ParameterizedTest
  @CsvSource({
    "'', 142593372, 249180",
    "a, -1293573533, 107107",
    "abcd, -396302900, 58828",
    "abcdefgh, -804741815, 40265",
    "il-6, 1053708619, 151883",
    "covid-19, -1811975990, 225482",
    "myocardial infarction, 1349352281, 97113",
    "é, 1023967903, 33439",
    "β-blocker, 466325517, 233485",
    "心不全, 1444603541, 190101",
    "a\ud835\udc5db, -842660602, 132358"
  })
  void hashesTheBytesOfUtf8(String term, int hash, int bucket) {
    assertThat(TermHash.hash(term.toCharArray(), 0, term.length())).isEqualTo(hash);
    assertThat(TermHash.bucket(term, 1 << 18)).isEqualTo(bucket);
  }

  @Test
  void readsNoCharBeyondTheLength() {
    assertThat(TermHash.bucket("il-6 xyz".toCharArray(), 4, 1 << 18)).isEqualTo(151883);
  }

  @Test
  void takesALoneSurrogateForAQuestionMark() {
    assertThat(TermHash.bucket("a\ud835", 1 << 18)).isEqualTo(TermHash.bucket("a?", 1 << 18));
    assertThat(TermHash.bucket("\udc5db", 1 << 18)).isEqualTo(TermHash.bucket("?b", 1 << 18));
  }

  @Test
  void fingerprintsTellTheTermsOfOneBucketApart() {
    Set<Long> fingerprints = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      char[] term = ("t" + i).toCharArray();
      fingerprints.add(TermHash.fingerprint(term, term.length));
    }
    assertThat(fingerprints).hasSize(100_000).doesNotContain(0L);
  }
}

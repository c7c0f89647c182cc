package io.broadcaster.loadtest.provider.journal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Collapse ids or reasons as small numbers: 0 is the empty text; past the bound every new word is {@link #OTHER}. Safe for
 * any thread; a word once numbered keeps its number.
 */
final class Words {
    /** What stands for every word past the bound. */
    static final String OTHER = "(other)";

    private final ConcurrentHashMap<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<String> words;
    private final int wordsMax;

    Words(int wordsMax) {
        this.wordsMax = wordsMax;
        words = new AtomicReferenceArray<>(wordsMax);
        words.set(0, "");
        words.set(1, OTHER);
        numbers.put("", 0);
        numbers.put(OTHER, 1);
    }

    int number(String word) {
        Integer known = numbers.get(word);
        return known == null ? add(word) : known;
    }

    String word(int number) {
        return words.get(number);
    }

    private synchronized int add(String word) {
        Integer known = numbers.get(word);
        if (known != null) {
            return known;
        }
        int next = numbers.size();
        if (next >= wordsMax) {
            return 1;
        }
        words.set(next, word);
        numbers.put(word, next);
        return next;
    }
}

package io.broadcaster.cli.demo;

import com.microsoft.playwright.Page;

/** How large a window is, in CSS pixels. */
record Screen(int width, int height) {
    static final Screen DESK = new Screen(1_280, 800);
    static final Screen LAPTOP = new Screen(1_366, 768);
    static final Screen WALL = new Screen(1_920, 1_080);
    static final Screen PHONE = new Screen(390, 844);

    private static final String TWO_FRAMES =
            "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))";

    /** Gives a page's window this size and waits until it is laid out for it: a page hears of its size before its next frame. */
    void show(Page page) {
        page.setViewportSize(width, height);
        page.evaluate(TWO_FRAMES);
    }
}

// Characters of a report ⇄ places in its page. Offsets are Unicode code points of the text as it was received.
"use strict";
const ondit = (() => {
  const article = document.getElementById("text");
  const points = (text) => { let n = 0; for (const _ of text) n++; return n; };
  const units = (text, count) => { let u = 0; for (const char of text) { if (!count--) break; u += char.length; } return u; };

  // The pieces of text of a paragraph that are the report's own: not the numbers of claims.
  const pieces = function* (paragraph) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => (node.parentElement.closest("a.n") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
    });
    while (walker.nextNode()) yield walker.currentNode;
  };

  // A place (node and offset in UTF-16 units) → the offset of its character; -1 outside of the text.
  const offsetAt = (node, units_) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const paragraph = element.closest && element.closest("#text p[data-at]");
    if (!paragraph) {
      if (element !== article) return -1;
      const before = [...article.querySelectorAll("p[data-at]")].filter((p) => node.childNodes[units_] && (p.compareDocumentPosition(node.childNodes[units_]) & Node.DOCUMENT_POSITION_FOLLOWING)).pop();
      return before ? Number(before.dataset.at) + points([...pieces(before)].map((n) => n.data).join("")) : -1;
    }
    let at = Number(paragraph.dataset.at);
    const edge = document.createRange();
    edge.setStart(node, units_);
    for (const piece of pieces(paragraph)) {
      if (piece === node) return at + points(piece.data.slice(0, units_));
      if (edge.comparePoint(piece, 0) > 0) break;
      at += points(piece.data);
    }
    return at;
  };

  // [start, stop) → ranges of the page, one a paragraph.
  const rangesOf = (start, stop) => {
    const found = [];
    for (const paragraph of article ? article.querySelectorAll("p[data-at]") : []) {
      let at = Number(paragraph.dataset.at);
      if (at >= stop) break;
      const range = document.createRange();
      let open = false;
      for (const piece of pieces(paragraph)) {
        const size = points(piece.data);
        if (!open && at + size > start && at < stop) { range.setStart(piece, units(piece.data, Math.max(0, start - at))); open = true; }
        if (open && at < stop) range.setEnd(piece, units(piece.data, Math.min(size, stop - at)));
        at += size;
      }
      if (open && !range.collapsed) found.push(range);
    }
    return found;
  };

  // What is selected in the text: [start, stop, words], or null.
  const selected = () => {
    const selection = getSelection();
    if (!article || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) return null;
    const [start, stop] = [offsetAt(range.startContainer, range.startOffset), offsetAt(range.endContainer, range.endOffset)];
    return start >= 0 && stop > start ? [start, stop, selection.toString()] : null;
  };

  // Shows characters: marks them and brings them into view.
  const show = (spans) => {
    const ranges = spans.split(" ").filter(Boolean).flatMap((span) => rangesOf(...span.split("-").map(Number)));
    if (!ranges.length) return false;
    if (window.Highlight && CSS.highlights) CSS.highlights.set("spot", new Highlight(...ranges));
    else { const selection = getSelection(); selection.removeAllRanges(); selection.addRange(ranges[0]); }
    const box = ranges[0].getBoundingClientRect();
    if (box.top < 90 || box.bottom > innerHeight - 40) scrollTo({ top: scrollY + box.top - innerHeight / 3 });
    return true;
  };
  const hide = () => { if (CSS.highlights) CSS.highlights.delete("spot"); };

  document.addEventListener("click", (e) => {
    const spot = e.target.closest("button.spot");
    if (!spot) return;
    const spans = spot.dataset.spans;
    if (!show(spans) && article) location.href = `/reports/${article.dataset.report}?at=${parseInt(spans, 10)}#text`;
  });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") hide(); });
  return { article, offsetAt, rangesOf, selected, show, hide };
})();

// Draws the dials of offers again: every half minute, and every second in the last two minutes.
(() => {
  'use strict';
  const round = 169.6;
  const draw = (dial) => {
    const due = Date.parse(dial.dataset.due);
    const left = Math.max(0, due - Date.now());
    if (left >= 86400000) return left;
    const share = Math.min(1, left / Math.max(1, due - Date.parse(dial.dataset.since)));
    const arc = dial.querySelector('.arc');
    const number = dial.querySelector('b');
    const minutes = Math.floor(left / 60000);
    if (arc) {
      arc.setAttribute('stroke-dasharray', `${(share * round).toFixed(1)} ${round}`);
      arc.classList.toggle('arc-r', share < 0.25);
    }
    number.classList.toggle('t-red', share < 0.25);
    number.textContent = left < 120000 ? `${minutes}:${String(Math.floor(left / 1000) % 60).padStart(2, '0')}`
      : minutes < 60 ? `${minutes}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
    dial.querySelector('small').textContent = minutes < 60 ? dial.dataset.min : dial.dataset.h;
    return left;
  };
  const all = () => {
    let least = Infinity;
    for (const dial of document.querySelectorAll('.dial[data-due]')) least = Math.min(least, draw(dial) || Infinity);
    setTimeout(all, least < 130000 ? 1000 : 30000);
  };
  all();
})();

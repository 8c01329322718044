// What the pages do beyond HTML. Everything here is a convenience: without it every action is a form or a link.
(() => {
  'use strict';
  const body = document.body;
  const typing = (target) => target.closest('input, textarea, select, [contenteditable]') !== null;

  // --- Live: the corner says whether changes arrive. ------------------------------------------------
  const live = (on) => {
    const word = document.querySelector('[data-live-word]');
    if (!word) return;
    word.dataset.on ??= word.textContent;
    const now = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    word.textContent = on ? word.dataset.on : word.dataset.lost.replace('{0}', now);
    document.querySelector('[data-live]')?.classList.toggle('pulse-off', !on);
  };
  body.addEventListener('htmx:sseOpen', () => live(true));
  body.addEventListener('htmx:sseError', () => live(false));
  body.addEventListener('htmx:sseClose', () => live(false));

  // An island that was told of a change while it fetched itself asks once more: what it got may be older than that.
  const heard = new Map();
  const asked = new Map();
  body.addEventListener('htmx:sseMessage', (event) => { if (event.target.id) heard.set(event.target.id, performance.now()); });
  body.addEventListener('htmx:beforeRequest', (event) => { if (event.target.id) asked.set(event.target.id, performance.now()); });
  body.addEventListener('htmx:afterSettle', (event) => {
    const { id } = event.target;
    if (!id || !(heard.get(id) > asked.get(id))) return;
    heard.delete(id);
    const island = document.getElementById(id);
    if (island?.matches('[hx-trigger*="sse:hello"]')) htmx.trigger(island, 'sse:hello');
  });

  // --- Toasts go after ten seconds, unless one looks at them. ----------------------------------------
  for (const toast of document.querySelectorAll('[data-toast]')) {
    let left = 10;
    const tick = setInterval(() => {
      if (toast.matches(':hover, :focus-within')) return;
      left -= 1;
      if (left <= 0) { clearInterval(tick); toast.remove(); }
    }, 1000);
  }

  // --- Keys. Single letters do nothing in a field. ---------------------------------------------------
  const at = body.dataset.at;
  const places = { h: 'home', t: 'tickets', o: 'offers', c: 'chains', l: 'links', p: 'partners' };
  let goes = false;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || body.dataset.keys === 'off' || document.querySelector('dialog[open]')) return;
    if (goes) {
      goes = false;
      if (at && places[event.key]) { event.preventDefault(); location.href = at + places[event.key]; }
      return;
    }
    if (event.key === 'g') { goes = true; setTimeout(() => { goes = false; }, 1500); return; }
    if (event.key === '?') { document.getElementById('keys')?.showModal(); return; }
    if (event.key === '/') { const find = document.querySelector('.find input'); if (find) { event.preventDefault(); find.focus(); } return; }
    // A control says its own key: <a data-key="c">.
    const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (named) { event.preventDefault(); named.matches('a, button, summary') ? named.click() : named.focus(); }
  });
})();

// The list of tickets by keys, and what is picked in it. Without it the list has check boxes, links and buttons.
(() => {
  'use strict';
  const list = document.querySelector('[data-list]');
  const filters = document.getElementById('filters');

  // --- Filters act as they are chosen. ----------------------------------------------------------------
  filters?.querySelector('[data-apply]')?.setAttribute('hidden', '');
  filters?.addEventListener('change', (event) => {
    if (event.target.type !== 'search') filters.requestSubmit();
  });
  // What says nothing does not stand in the address.
  filters?.addEventListener('submit', () => {
    for (const field of filters.elements) if (field.name && !field.value) field.disabled = true;
  });
  window.addEventListener('pageshow', () => {
    for (const field of filters?.elements ?? []) field.disabled = false;
  });
  if (!list) return;

  // --- What is picked. It outlives a row that is swapped. ---------------------------------------------
  const bulk = document.getElementById('bulk');
  const word = bulk?.querySelector('[data-picked]');
  const all = list.querySelector('[data-all]');
  const boxes = () => [...list.querySelectorAll('tbody input[name="pick"]')];
  const picked = new Set();
  const tell = () => {
    for (const box of boxes()) box.closest('tr').classList.toggle('sel', box.checked);
    const many = boxes().filter((box) => box.checked).length;
    if (word) word.textContent = word.dataset.one.replace('{0}', many);
    if (all) {
      all.checked = many > 0 && many === boxes().length;
      all.indeterminate = many > 0 && !all.checked;
    }
  };
  const note = () => {
    picked.clear();
    for (const box of boxes()) if (box.checked) picked.add(box.value);
    tell();
  };
  if (all) {
    all.hidden = false;
    all.addEventListener('change', () => { for (const box of boxes()) box.checked = all.checked; note(); });
  }
  list.addEventListener('change', (event) => { if (event.target.name === 'pick') note(); });
  bulk?.addEventListener('reset', () => setTimeout(note));

  // --- The cursor. -------------------------------------------------------------------------------------
  let cursor = null;
  const rows = () => [...list.querySelectorAll('tbody tr')];
  const here = () => rows().find((row) => row.id === cursor);
  const go = (row) => {
    here()?.classList.remove('cur');
    if (!row) { cursor = null; return; }
    cursor = row.id;
    row.classList.add('cur');
    row.querySelector('.subj').focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  };
  list.addEventListener('focusin', (event) => {
    const row = event.target.closest('tbody tr');
    if (row && row.id !== cursor) { here()?.classList.remove('cur'); cursor = row.id; row.classList.add('cur'); }
  });

  // On a ticket j and k go on in this list, and its way back leads here. Addresses alone are kept, for this tab.
  const walk = () => sessionStorage.setItem('walk', JSON.stringify({
    list: location.pathname + location.search,
    tickets: rows().map((row) => row.querySelector('.subj').getAttribute('href')),
  }));
  walk();
  document.body.addEventListener('htmx:afterSwap', () => {
    walk();
    for (const box of boxes()) box.checked = picked.has(box.value);
    here()?.classList.add('cur');
    tell();
  });

  const pick = (row, on) => {
    const box = row?.querySelector('input[name="pick"]');
    if (!box) return;
    box.checked = on ?? !box.checked;
    note();
  };
  const act = (field) => {
    if (!bulk) return;
    if (picked.size === 0) pick(here(), true);
    if (picked.size > 0) bulk.querySelector(field).focus();
  };
  const keys = {
    j: () => { const at = rows(); go(at[Math.min(at.indexOf(here()) + 1, at.length - 1)]); },
    k: () => { const at = rows(); go(at[Math.max(at.indexOf(here()) - 1, 0)]); },
    x: () => pick(here()),
    a: () => act('#bulk-to'),
    s: () => act('#bulk-status'),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.body.dataset.keys === 'off' || event.defaultPrevented) return;
    if (event.key === 'Escape' && !event.target.closest('#filters, .find, .save')) {
      bulk?.reset();
      here()?.querySelector('.subj').focus();
      return;
    }
    // A check box takes no letters: the keys go on working on it.
    if (event.target.closest('textarea, select, [contenteditable], input:not([type="checkbox"])')) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  tell();
})();

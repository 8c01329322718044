// The ticket's page beyond HTML: doors by key, drafts, files that come while one writes. Without it the form sends all of it at once.
(() => {
  'use strict';
  const typing = (target) => target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]') !== null;
  const body = document.body;
  document.documentElement.classList.add('scripted');

  // --- Handing over: another partner's view at once, and the line as it is typed. --------------------
  const over = document.querySelector('[data-hand-over]');
  if (over) {
    const look = over.querySelector('[data-look]');
    if (look) {
      look.hidden = true;
      over.addEventListener('change', (event) => { if (event.target.name === 'link') over.requestSubmit(look); });
    }
    for (const field of over.querySelectorAll('[data-echo]')) {
      field.addEventListener('input', () => { document.getElementById(field.dataset.echo).textContent = field.value; });
    }
    document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !typing(event.target)) over.querySelector('[data-esc]').click(); });
    return;
  }

  // --- Forms of commands open in the panel; what is typed elsewhere stays. ---------------------------
  body.addEventListener('click', (event) => {
    const close = event.target.closest('[data-close]');
    if (close) { event.preventDefault(); document.getElementById(close.dataset.close).replaceChildren(); }
  });
  body.addEventListener('htmx:afterSwap', (event) => {
    if (event.detail.target.id === 'do') document.querySelector('#do textarea, #do select, #do input:not([type=hidden])')?.focus();
  });

  // --- New items: one that came while somebody reads further up is told, and nothing jumps. ----------
  const scroll = document.querySelector('[data-scroll]');
  const pill = document.querySelector('[data-newer]');
  let was = null;
  let waiting = 0;
  if (scroll && pill) {
    body.addEventListener('htmx:beforeSwap', (event) => {
      if (event.detail.target.id === 'items') was = { top: scroll.scrollTop, height: scroll.scrollHeight };
    });
    body.addEventListener('htmx:afterSettle', () => {
      if (!was) return;
      const { top, height } = was;
      was = null;
      if (top > -60) return;
      scroll.scrollTop = top - (scroll.scrollHeight - height);
      waiting += document.querySelectorAll('#items .fresh').length;
      if (waiting > 0) {
        pill.textContent = waiting === 1 ? pill.dataset.one : pill.dataset.many.replace('{0}', waiting);
        pill.hidden = false;
      }
    });
    pill.addEventListener('click', (event) => { event.preventDefault(); scroll.scrollTop = 0; });
    scroll.addEventListener('scroll', () => { if (scroll.scrollTop > -60) { waiting = 0; pill.hidden = true; } });
  }

  // The list that one came from: the way back leads to it as it was, j and k to its next ticket and the one before.
  const walk = JSON.parse(sessionStorage.getItem('walk') ?? 'null');
  const place = walk ? walk.tickets.indexOf(location.pathname) : -1;
  if (place >= 0) document.querySelector('[data-way-back]').href = walk.list;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target) || body.dataset.keys === 'off') return;
    const next = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    if (next === 0 || place < 0 || !walk.tickets[place + next] || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    location.href = walk.tickets[place + next];
  });

  // [ and ]: the item before and after.
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || (event.key !== '[' && event.key !== ']')) return;
    const items = [...document.querySelectorAll('#items .it')];
    const here = items.indexOf(document.activeElement);
    const next = here < 0 ? items.length - 1 : here + (event.key === ']' ? 1 : -1);
    items[Math.max(0, Math.min(items.length - 1, next))]?.focus();
  });

  const form = document.querySelector('[data-composer]');
  if (!form) return;
  const text = form.querySelector('[data-body]');
  const doors = () => [...form.querySelectorAll('[data-door]')];
  const kept = form.querySelector('[data-kept]');
  const files = form.querySelector('[data-files]');
  const token = form.querySelector('[name=__RequestVerificationToken]').value;
  const door = () => doors().find((one) => one.checked);

  // --- Doors -----------------------------------------------------------------------------------------
  let begunInside = text.value !== '' && !door().dataset.outward;
  let readAgain = false;
  let last = door();
  const choose = (one) => { if (one && !one.disabled) { one.checked = true; changed(); text.focus(); } };
  const changed = () => {
    const now = door();
    if (now === last) return;
    if (text.value === '' && now.dataset.draftText) text.value = now.dataset.draftText;
    else if (text.value !== '') { keep(last, ''); later(); }
    readAgain = Boolean(now.dataset.outward) && begunInside && text.value !== '';
    for (const again of form.querySelectorAll('[data-again]')) {
      again.textContent = form.dataset.outward;
      again.hidden = !readAgain;
    }
    last = now;
  };
  form.addEventListener('change', (event) => { if (event.target.name === 'door') changed(); });
  body.addEventListener('click', (event) => {
    const open = event.target.closest('[data-open-door]');
    if (open) { event.preventDefault(); choose(doors().find((one) => one.value === open.dataset.openDoor)); }
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || body.dataset.keys === 'off') return;
    const named = doors().find((one) => one.dataset.door === event.key);
    if (named) { event.preventDefault(); choose(named); }
    if (event.key === 'n') { event.preventDefault(); text.focus(); }
  });

  // Who can be written to has changed, or how: the doors, the sentences and the buttons follow; the text and the chosen reader stay.
  body.addEventListener('htmx:afterSettle', async ({ target }) => {
    const { doors: told } = target.dataset;
    if (told === undefined || told === form.dataset.doors) return;
    form.dataset.doors = told;
    const chosen = door().value;
    const answer = await fetch(`${form.dataset.here}?door=${encodeURIComponent(chosen)}`);
    if (!answer.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-composer]');
    const same = [...(now?.querySelectorAll('[data-door]:enabled') ?? [])].find((one) => one.value === door().value);
    if (!same) return; // The reader is gone. The text stays for him, and whoever sends it is told.
    const held = document.activeElement?.matches('[data-door]') === true;
    for (const part of ['[data-doors-of]', '#reads', '[data-sends]']) form.querySelector(part).replaceWith(now.querySelector(part));
    same.checked = true;
    last = same;
    if (held) same.focus();
  });

  // --- Sending ---------------------------------------------------------------------------------------
  let coming = 0;
  let thenSend = null;
  const button = () => [...form.querySelectorAll('.send')].find((one) => getComputedStyle(one).display !== 'none');
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(button()); }
  });
  form.addEventListener('submit', (event) => {
    if (readAgain) {
      // Begun as a note, and now it leaves: the first press only brings one to the button.
      readAgain = false;
      event.preventDefault();
      button().focus();
      return;
    }
    if (coming > 0) { thenSend = event.submitter; event.preventDefault(); return; }
    clearTimeout(timer);
    sent = true;
  });

  // --- Drafts: two seconds after the last key, and when the page is left. -----------------------------
  let timer = 0;
  let sent = false;
  const keep = async (one, words) => {
    const fields = new FormData();
    fields.append('__RequestVerificationToken', token);
    fields.append('door', one.value);
    fields.append('body', words);
    one.dataset.draftText = words;
    try {
      const answer = await fetch(form.dataset.draft, { method: 'POST', body: fields, keepalive: words.length < 30000 });
      const told = answer.ok ? await answer.json() : null;
      if (told?.said && one === door()) kept.textContent = words === '' ? '' : told.said;
    } catch {
      kept.textContent = ''; // Not kept: the corner says that the line is lost.
    }
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(() => { timer = 0; keep(door(), text.value); }, 2000); };
  text.addEventListener('input', () => {
    if (text.value === '') begunInside = false;
    else if (!door().dataset.outward) begunInside = true;
    later();
  });
  addEventListener('pagehide', () => { if (timer && !sent) { clearTimeout(timer); keep(door(), text.value); } });

  // --- Files: chosen, dropped or pasted, they come at once, and stay internal until one sends. --------
  const add = (list) => { for (const file of list) upload(file); };
  const upload = (file) => {
    const chip = document.createElement('label');
    chip.className = 'file';
    const name = document.createElement('b');
    name.textContent = file.name;
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.setAttribute('aria-label', file.name);
    chip.append(name, bar);
    files.append(chip);
    coming += 1;
    const fields = new FormData();
    fields.append('__RequestVerificationToken', token);
    fields.append('once', crypto.getRandomValues(new Uint32Array(4)).join(''));
    fields.append('uploads', file, file.name || 'file');
    const call = new XMLHttpRequest();
    call.open('POST', form.dataset.file);
    call.responseType = 'json';
    call.upload.addEventListener('progress', (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    call.addEventListener('loadend', () => {
      coming -= 1;
      bar.remove();
      if (call.status === 200) {
        const box = document.createElement('input');
        Object.assign(box, { type: 'checkbox', name: 'files', value: call.response.id, checked: true });
        const size = document.createElement('span');
        size.className = 'mut';
        size.textContent = call.response.size;
        name.textContent = call.response.name;
        chip.prepend(box);
        chip.append(size);
      } else {
        chip.classList.add('bad');
        chip.append(call.response?.problem ?? '–');
        thenSend = null;
      }
      if (coming === 0 && thenSend) { const by = thenSend; thenSend = null; form.requestSubmit(by); }
    });
    call.send(fields);
  };
  const chooser = form.querySelector('[name=uploads]');
  chooser.addEventListener('change', () => { add(chooser.files); chooser.value = ''; });
  text.addEventListener('paste', (event) => { if (event.clipboardData.files.length > 0) { event.preventDefault(); add(event.clipboardData.files); } });
  const frame = form.querySelector('.frame');
  frame.addEventListener('dragover', (event) => { if (event.dataTransfer.types.includes('Files')) { event.preventDefault(); frame.classList.add('over'); } });
  frame.addEventListener('dragleave', () => frame.classList.remove('over'));
  frame.addEventListener('drop', (event) => { frame.classList.remove('over'); if (event.dataTransfer.files.length > 0) { event.preventDefault(); add(event.dataTransfer.files); } });
})();

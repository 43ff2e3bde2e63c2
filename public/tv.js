// A screen on a wall, unattended for months: it swaps in what is new, keeps the time, says when it is cut off, comes
// back for ever, and loads itself anew for a new build.
(() => {
  const SILENCE_MS = 25000;
  let heardAt = Date.now();
  let serverAhead = 0;
  let news;
  const wall = () => document.getElementById('wall');
  const clock = (at) => {
    const offset = Number(document.querySelector('.clock')?.dataset.offset ?? 0);
    return new Date(at + offset * 60000).toISOString().slice(11, 16);
  };
  const read = () => {
    const now = Number(document.querySelector('.clock')?.dataset.now);
    if (now) serverAhead = now - Date.now();
  };
  const heard = () => {
    heardAt = Date.now();
    document.body.classList.remove('stale');
  };
  const show = (html) => {
    const drawn = new DOMParser().parseFromString(html, 'text/html').getElementById('wall');
    if (!wall() || !drawn) return location.reload();
    const before = new Map([...document.querySelectorAll('[data-stage]')].map((row) => [row.dataset.stage, row.querySelector('.count').textContent]));
    wall().className = drawn.className;
    wall().replaceChildren(...drawn.childNodes);
    for (const row of document.querySelectorAll('[data-stage]')) {
      if (before.size && before.get(row.dataset.stage) !== row.querySelector('.count').textContent) row.classList.add('changed');
    }
    read();
  };
  const follow = () => {
    news?.close();
    news = new EventSource('/tv/live');
    news.addEventListener('hello', (event) => {
      heard();
      if (event.data !== document.body.dataset.build) location.reload();
    });
    news.addEventListener('wall', (event) => {
      heard();
      show(JSON.parse(event.data));
    });
    news.addEventListener('tick', heard);
    news.addEventListener('reload', () => location.reload());
    news.onerror = () => {
      if (wall()) document.body.classList.add('stale');
      // A browser comes back by itself from a lost line, not from a refusal.
      if (news.readyState === EventSource.CLOSED) again();
    };
  };
  let waiting = 0;
  const again = () => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, 2000 + Math.random() * 6000);
  };
  setInterval(() => {
    const now = Date.now();
    const face = document.querySelector('.clock');
    if (face) face.textContent = clock(now + serverAhead);
    const silent = now - heardAt;
    if (silent > SILENCE_MS && wall()) document.body.classList.add('stale');
    if (silent > 2 * SILENCE_MS) {
      heardAt = now;
      again();
    }
    const age = document.querySelector('.age');
    if (age) age.textContent = document.body.classList.contains('stale') ? `(${Math.floor(silent / 60000)}:${String(Math.floor(silent / 1000) % 60).padStart(2, '0')})` : '';
  }, 1000);
  read();
  follow();
})();

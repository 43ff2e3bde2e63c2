// The order's page stays true while it is open: a step appears when the shop makes it.
(() => {
  const order = document.getElementById('order');
  if (!order || !window.EventSource) return;
  let shown = '';
  const lost = (is) => {
    const words = order.querySelector('.lost');
    if (words) words.hidden = !is;
  };
  const show = (html) => {
    if (html !== shown) {
      const drawn = new DOMParser().parseFromString(html, 'text/html').getElementById('order');
      order.replaceChildren(...drawn.childNodes);
      if (shown) order.querySelector('.current, .off')?.classList.add('fresh');
      shown = html;
    }
    lost(false);
    wait = 4000;
  };
  let wait = 4000;
  const follow = () => {
    const news = new EventSource(`${location.pathname}/live`);
    news.addEventListener('order', (event) => show(JSON.parse(event.data)));
    news.addEventListener('gone', () => {
      news.close();
      location.reload();
    });
    news.onerror = () => {
      lost(true);
      // A browser comes back by itself from a lost line, not from a refusal.
      if (news.readyState !== EventSource.CLOSED) return;
      setTimeout(follow, wait * (1 + Math.random()));
      wait = Math.min(wait * 2, 60000);
    };
  };
  follow();
})();

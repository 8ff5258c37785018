/** Starts the page with the state of its address, or with the first example. */
import { render } from 'preact';
import { App } from './app.tsx';
import { examples } from './examples.ts';
import { stateOf } from './shared-link.ts';

const root = document.getElementById('app');
if (root !== null) {
  const start = (await stateOf(location.hash)) ?? examples[0]?.state ?? { text: '' };
  root.replaceChildren();
  render(<App start={start} />, root);
}

import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './stores/live.ts';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
connect();

export { default } from 'vitepress/theme';

import './theme.css';

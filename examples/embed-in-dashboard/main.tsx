import { createRoot } from 'react-dom/client';
import { Dashboard } from './Dashboard.tsx';
import '@velostream/react/styles.css';
import './dashboard.css';

const page = document.getElementById('page');
if (page) createRoot(page).render(<Dashboard />);

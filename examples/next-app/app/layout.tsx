import type { ReactNode } from 'react';
import '@velostream/react/styles.css';

export const metadata = { title: 'Orders', description: 'Revenue by region, as it changes' };

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}

import './style/tokens.css'
import './style/controls.css'
import './style/layout.css'
import './style/header.css'
import './style/chat.css'
import './style/blocks.css'
import './style/glass.css'
import './style/home.css'
import { render } from 'preact'
import { App } from './app.tsx'

const root = document.getElementById('page')
if (root !== null) render(<App />, root)

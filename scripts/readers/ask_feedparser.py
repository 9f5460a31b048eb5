# Reads the files named on standard input by Python's feedparser; prints [{bozo, ids, timeless}] in their order.
import json
import sys

import feedparser

answers = []
for file in json.load(sys.stdin):
    with open(file, 'rb') as document:
        feed = feedparser.parse(document.read())
    why = feed.get('bozo_exception')
    answers.append({
        'bozo': f'{type(why).__name__}: {why}' if feed.bozo else None,
        'line': why.getLineNumber() if hasattr(why, 'getLineNumber') else None,
        'version': feed.version,
        'ids': [entry.get('id', '') for entry in feed.entries],
        'timeless': [entry.get('id', '') for entry in feed.entries if not entry.get('updated_parsed', entry.get('published_parsed'))],
        'untitled': feed.feed.get('title', '') == '',
    })
json.dump(answers, sys.stdout)

FROM node:24-slim AS screens
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY app/static app/static
RUN npm run build

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/srv/klantsafari \
    KLANTSAFARI_DATA=/data
WORKDIR /srv/klantsafari

# For `klantsafari backup` of a PostgreSQL database.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY LICENSE ./
COPY migrations migrations
COPY app app
COPY --from=screens /build/app/static/dist app/static/dist

# Compiled once here: the user below may not write in this folder.
RUN python -m compileall -q app migrations \
    && python -m app.models.tag.learning.shipped \
    && printf '#!/bin/sh\nexec python -m app "$@"\n' > /usr/local/bin/klantsafari \
    && chmod 755 /usr/local/bin/klantsafari \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin klantsafari \
    && install -d -o klantsafari -g klantsafari -m 0700 /data

USER klantsafari
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["klantsafari", "serve", "--host", "0.0.0.0"]

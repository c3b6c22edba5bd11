# Two commands do everything on a fresh machine: `make site` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_DAY := 2026-11-20
EACH_CORE := -n auto --dist loadfile --no-loadscope-reorder

.PHONY: site demo pictures test test-opensearch quick serve check wheel importer lint scripts bless soak test-cluster messages lock clean help

help: ## 列出全部命令
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

site: $(VENV)/.site ## 检查 plans/ 并生成网站到 site/
	@$(BIN)/gongkai build

demo: $(VENV)/.site ## 虚构的演示栏目（demo/），以固定的一天生成到 demo/site/
	@$(BIN)/gongkai build --root demo --as-of $(DEMO_DAY)
	@echo "请打开 demo/site/index.html"

pictures: demo $(VENV)/.test node_modules/.installed ## 从演示栏目重新拍 README 和手册的图片，提交以前看一看
	@sh tools/install-test-tools.sh
	@node tools/screenshots.mjs
	@PICTURES=$(CURDIR)/content/images $(BIN)/python -m pytest -q tests/desk/test_browser.py
	@$(BIN)/python tools/palette.py docs/screenshots content/images

check: $(VENV)/.site ## 只检查，不生成
	@$(BIN)/gongkai check

serve: $(VENV)/.site ## 本机预览，改动随时可见
	@$(BIN)/gongkai serve

test: $(VENV)/.test node_modules/.installed lint ## 安装测试所需的一切并运行全部测试
	@sh tools/install-test-tools.sh
	@$(BIN)/gongkai build
	@$(BIN)/python -m pytest $(EACH_CORE)

quick: $(VENV)/.test node_modules/.installed lint ## 一分钟左右：代码检查和最快的测试，缺少的系统工具跳过并说明
	@QUICK=1 $(BIN)/python -m pytest $(EACH_CORE) -m quick -rs

test-opensearch: $(VENV)/.test node_modules/.installed ## 取来真实的 OpenSearch（Java 17、Maven），在本机起一个节点，运行导入和查找的全部测试
	@OPENSEARCH=1 $(BIN)/python -m pytest tests/indexing -rs

lint: $(VENV)/.test node_modules/.installed
	@$(BIN)/ruff check generator tests hatch_build.py
	@$(BIN)/ruff format --check generator tests hatch_build.py
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@node_modules/.bin/tsc --project .
	@node_modules/.bin/biome lint --error-on-warnings .
	@node tools/browsers.mjs
	@$(BIN)/python tools/scripts.py --check

scripts: $(VENV)/.test node_modules/.installed ## 改过 overrides/assets 里的脚本以后：重新压缩（写进 generator/gongkai/output/scripts.json）
	@$(BIN)/python tools/scripts.py

wheel: $(VENV)/.site ## 打包成一个可以安装的文件，连同源码包和 SHA-256 放在 dist/
	@rm -rf dist
	@$(BIN)/python -m hatchling build -d dist >/dev/null
	@$(BIN)/python tools/checksums.py dist

importer: $(VENV)/.site ## 安装导入 Word、PDF 所需的程序库
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-import.lock

bless: $(VENV)/.test ## 认可小区县测试站的新输出（先看差异）
	@$(BIN)/python -m tests.miniature

soak: $(VENV)/.test node_modules/.installed ## 长时间随机测试
	@$(BIN)/python -m pytest -m soak

test-cluster: $(VENV)/.test ## 几台机器一起合成：真的调度器和工作进程，要管理员权限（网络命名空间）
	@$(BIN)/python -m pytest -m cluster -rs

messages: $(VENV)/.test ## 改了 generator/gongkai/cli/locale 里的中文以后
	@$(BIN)/pybabel -q compile -d generator/gongkai/cli/locale -l zh_CN

lock: ## 重新锁定依赖（只含名称、版本和散列）
	@$(BIN)/pip install -q uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements.lock
	@for extra in cluster desk import publish; do \
		$(BIN)/python tools/extra.py $$extra | $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -c requirements.lock - -o requirements-$$extra.lock; \
	done
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group test --group lint pyproject.toml --all-extras -o requirements-test.lock
	@echo 'hatchling>=1.27,<2' | $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -c requirements-test.lock - -o requirements-build.lock
	@echo 'mkdocs-materialx>=10.2,<11' | $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-deps - -o requirements-successor.lock

clean: ## 删除网站和缓存
	rm -rf site .cache
	@if [ -x $(BIN)/gongkai ]; then $(BIN)/gongkai clean; fi

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: $(VENV)/bin/python pyproject.toml requirements.lock requirements-build.lock
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-build.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.site requirements-test.lock requirements-successor.lock
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-test.lock
	@rm -rf $(VENV)/successor
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps --target $(VENV)/successor -r requirements-successor.lock
	@touch $@

node_modules/.installed: package.json package-lock.json
	@npm ci --silent --no-audit --no-fund
	@touch $@

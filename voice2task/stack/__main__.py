import sys

from voice2task.stack.launch import Launch, run_stack

if __name__ == "__main__":
    sys.exit(run_stack(Launch.parse(sys.argv[1])))

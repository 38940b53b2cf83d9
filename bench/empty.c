/*
 * A program that does nothing: what starting a program costs anyway.
 */
int main(void) {
    return 0;
}
